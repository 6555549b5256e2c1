#ifndef FLOWMETER_CZLIB_SHIM_H
#define FLOWMETER_CZLIB_SHIM_H

#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib.h is missing: install zlib with 'apt-get install zlib1g-dev' (or run 'make install-dependencies')"
#endif

#endif

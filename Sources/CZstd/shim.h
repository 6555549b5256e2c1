#ifndef FLOWMETER_CZSTD_SHIM_H
#define FLOWMETER_CZSTD_SHIM_H

#if __has_include(<zstd.h>)
#include <zstd.h>
#else
#error "zstd.h is missing: install zstd with 'apt-get install libzstd-dev' (or run 'make install-dependencies')"
#endif

#endif

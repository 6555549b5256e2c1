#ifndef FLOWMETER_COPENBLAS_SHIM_H
#define FLOWMETER_COPENBLAS_SHIM_H

#if __has_include(<cblas.h>)
#include <cblas.h>
#else
#error "cblas.h is missing: install OpenBLAS with 'apt-get install libopenblas-dev' (or run 'make install-dependencies')"
#endif

#if __has_include(<lapacke.h>)
#include <lapacke.h>
#else
#error "lapacke.h is missing: install LAPACKE with 'apt-get install liblapacke-dev' (or run 'make install-dependencies')"
#endif

#endif

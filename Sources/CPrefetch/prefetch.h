#pragma once

/// Asks for the cache line of an address, to be written soon. A hint: any address will do.
static inline __attribute__((always_inline)) void prefetch_for_writing(const void *address) {
  __builtin_prefetch(address, 1, 3);
}

/// Asks for the cache line of an address, to be read soon. A hint: any address will do.
static inline __attribute__((always_inline)) void prefetch_for_reading(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

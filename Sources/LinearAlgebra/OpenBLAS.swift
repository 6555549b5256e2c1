import COpenBLAS

/// How this module uses OpenBLAS: on one thread.
///
/// Our own threads work on blocks of rows; threads of OpenBLAS beside them would compete for the
/// same cores, and the bits of its results would depend on how it cuts the work.
enum OpenBLAS {
  private static let singleThreaded: Void = openblas_set_num_threads(1)

  /// Called by every kernel before it calls OpenBLAS; the first call takes effect, later ones
  /// cost a load.
  static func prepare() { singleThreaded }
}

// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
]

let package = Package(
  name: "FlowMeter",
  products: [
    .library(name: "FeatureTables", targets: ["FeatureTables"]),
    .library(name: "FeatureExtraction", targets: ["FeatureExtraction"]),
    .library(name: "Models", targets: ["Models"]),
    .library(name: "Learning", targets: ["Learning"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
    .executable(name: "flowmeter", targets: ["flowmeter"]),
    .executable(name: "Evaluate", targets: ["Evaluate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // OpenBLAS brings cblas.h; Debian builds it without LAPACKE, which is a package of its own.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // A header of one instruction that Swift has no word for.
    .systemLibrary(name: "CPrefetch"),
    // A header of the C library that Swift's module of it leaves out.
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    .target(
      name: "FeatureTables",
      dependencies: [
        "CMalloc", "CZlib", "CZstd", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "FeatureExtraction",
      dependencies: [
        "CPrefetch", "FeatureTables", "Yams", .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Capture", "Packets", "Flows", "Features", "Labeling", "Extraction"].map {
        "\($0)/README.md"
      },
      resources: [.process("Resources")],
      swiftSettings: swiftSettings),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: swiftSettings),
    .target(
      name: "Models", dependencies: ["FeatureTables"],
      resources: [.process("Resources")],
      swiftSettings: swiftSettings),
    .target(
      name: "Learning", dependencies: ["CPrefetch", "FeatureTables", "Models", "LinearAlgebra"],
      swiftSettings: swiftSettings),
    .target(
      name: "Evaluation", dependencies: ["FeatureTables", "Models"], swiftSettings: swiftSettings),
    .target(name: "Drawing", swiftSettings: swiftSettings),
    .target(
      name: "Reports", dependencies: ["Drawing", "Evaluation", "FeatureTables"],
      swiftSettings: swiftSettings),
    .target(
      name: "Commands",
      dependencies: [
        "FeatureTables", "FeatureExtraction", "Models", "Learning", "Evaluation", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(name: "flowmeter", dependencies: ["Commands"], swiftSettings: swiftSettings),
    .executableTarget(name: "Evaluate", dependencies: ["Commands"], swiftSettings: swiftSettings),
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["FeatureTables", "FeatureExtraction", "Models", "Learning", "Evaluation"],
      swiftSettings: swiftSettings),

    .target(
      name: "TestSupport", dependencies: ["FeatureTables"], path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "FeatureTablesTests", dependencies: ["FeatureTables", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "FeatureExtractionTests", dependencies: ["FeatureExtraction", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ModelsTests", dependencies: ["Models", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(
      name: "LearningTests", dependencies: ["Learning", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing"], swiftSettings: swiftSettings),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Drawing", "Evaluation", "Reports", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandsTests", dependencies: ["Commands", "TestSupport"],
      swiftSettings: swiftSettings),
  ]
)

// Fuzzers have no main of their own and link only with libFuzzer: 'make fuzz' asks for them.
if Context.environment["FLOWMETER_FUZZING"] != nil {
  for name in ["FuzzCaptures", "FuzzPackets", "FuzzLabelRules"] {
    package.products.append(.executable(name: name, targets: [name]))
    package.targets.append(
      .executableTarget(
        name: name, dependencies: ["FeatureExtraction"], path: "Tests/Fuzzing/\(name)",
        swiftSettings: swiftSettings))
  }
}

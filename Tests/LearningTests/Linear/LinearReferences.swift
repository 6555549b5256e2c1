// Printed by Tests/References/linear_references.py; scikit-learn 1.9.1.

/// What scikit-learn finds on `syntheticRows(240, seed: 7)`.
let linearReferences: [LinearReference] = [
  LinearReference(
    classCount: 2, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 132.62119806889544,
    lastRow: [
      0.6653008915, 0.6899496249, 0.0322783902,
      0.01442529156, -0.03756565773, 0.06655078949,
    ]),
  LinearReference(
    classCount: 2, penalty: .l2, c: 0.01, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 1.4526350423019658,
    lastRow: [
      0.1653271911, 0.2133063019, 0.153282629,
      -0.006003815916, -0.02364662696, 0.03582364225,
    ]),
  LinearReference(
    classCount: 2, penalty: .l2, c: 100.0, l1Ratio: 0.5, intercept: false,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 14673.625057480429,
    lastRow: [
      0.8254521185, 0.6262881426, -0.1994665285,
      0.01360018658, -0.02234899333, 0.05296236229,
    ]),
  LinearReference(
    classCount: 2, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: false, classWeight: .none, isWeighted: false,
    objective: 132.73257987299328,
    lastRow: [
      0.7807493192, 0.002466200213, 0.2076964672,
      0.0338936937, -0.0004209842258, 0.1820414247,
    ]),
  LinearReference(
    classCount: 2, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .balanced, isWeighted: false,
    objective: 143.1237864769537,
    lastRow: [
      0.6967426145, 0.6691992566, -0.01526182911,
      0.01847621786, -0.01143194316, 0.07457958476,
    ]),
  LinearReference(
    classCount: 2, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: true,
    objective: 162.33432991724277,
    lastRow: [
      0.6768213022, 0.6713668441, 0.01087536211,
      -0.0147333415, -0.03494908911, 0.08624120405,
    ]),
  LinearReference(
    classCount: 2, penalty: .none, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 132.0686579021038,
    lastRow: [
      0.9241881416, 0.7130014312, -0.2141251487,
      0.01536763041, -0.03899744482, 0.06502981317,
    ]),
  LinearReference(
    classCount: 2, penalty: .none, c: 1.0, l1Ratio: 0.5, intercept: false,
    standardize: true, classWeight: .balanced, isWeighted: false,
    objective: 143.0241173266507,
    lastRow: [
      0.9434727694, 0.6756110105, -0.2647227621,
      0.01993406153, -0.008623925012, 0.07170063569,
    ]),
  LinearReference(
    classCount: 2, penalty: .l1, c: 0.1, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 14.391657902762914,
    lastRow: [
      0.4628328503, 0.4556609796, 0,
      0, 0, 0,
    ]),
  LinearReference(
    classCount: 2, penalty: .l1, c: 1.0, l1Ratio: 0.5, intercept: false,
    standardize: true, classWeight: .none, isWeighted: true,
    objective: 188.3936977301627,
    lastRow: [
      0.5663219834, 0.546612409, 0,
      0, -0.01071820775, 0.05540401438,
    ]),
  LinearReference(
    classCount: 2, penalty: .elasticNet, c: 0.1, l1Ratio: 0.3, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 13.835939355702562,
    lastRow: [
      0.3699510099, 0.53363956, 0.2010112843,
      0, 0, 0.01135467085,
    ]),
  LinearReference(
    classCount: 2, penalty: .elasticNet, c: 1.0, l1Ratio: 0.8, intercept: true,
    standardize: true, classWeight: .balanced, isWeighted: false,
    objective: 143.90248553404817,
    lastRow: [
      0.6764404873, 0.6635761402, 0,
      0.003570169841, 0, 0.05922204055,
    ]),
  LinearReference(
    classCount: 3, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 183.67678371250335,
    lastRow: [
      -0.9762381314, 0.7485738266, 0.1104863841,
      -0.07854286895, 0.1137496753, 0.09588945621,
    ]),
  LinearReference(
    classCount: 3, penalty: .l2, c: 0.03, l1Ratio: 0.5, intercept: false,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 6.234293480049383,
    lastRow: [
      -0.2717963654, 0.4133846928, -0.1950022978,
      -0.02729007046, 0.03449808701, 0.0405981643,
    ]),
  LinearReference(
    classCount: 3, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: false, classWeight: .none, isWeighted: false,
    objective: 186.23511161940127,
    lastRow: [
      -1.102684812, 0.00262832359, -0.1676828048,
      -0.1612323082, 0.001210208312, 0.2796425929,
    ]),
  LinearReference(
    classCount: 3, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .balanced, isWeighted: false,
    objective: 184.3977716331672,
    lastRow: [
      -0.9656039401, 0.7551768815, 0.09215623047,
      -0.07946236288, 0.1150262575, 0.09758886748,
    ]),
  LinearReference(
    classCount: 3, penalty: .l2, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: true,
    objective: 224.78006274899502,
    lastRow: [
      -0.955263609, 0.769460566, 0.03381732623,
      -0.1144926244, 0.1356594406, 0.1524656556,
    ]),
  LinearReference(
    classCount: 3, penalty: .none, c: 1.0, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 181.11058490240762,
    lastRow: [
      -1.466832224, 0.7704846602, 0.5507422305,
      -0.0819185874, 0.1307608975, 0.1114150685,
    ]),
  LinearReference(
    classCount: 3, penalty: .l1, c: 0.1, l1Ratio: 0.5, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 21.175231103774315,
    lastRow: [
      -0.06971665223, 0.683857522, 0,
      0, 0, 0,
    ]),
  LinearReference(
    classCount: 3, penalty: .l1, c: 0.3, l1Ratio: 0.5, intercept: false,
    standardize: true, classWeight: .balanced, isWeighted: false,
    objective: 58.845624180392356,
    lastRow: [
      -0.1800808721, 0.8625538221, 0,
      0, 0, 0.04924678079,
    ]),
  LinearReference(
    classCount: 3, penalty: .elasticNet, c: 0.1, l1Ratio: 0.7, intercept: true,
    standardize: true, classWeight: .none, isWeighted: false,
    objective: 20.80862864683204,
    lastRow: [
      -0.1698551562, 0.6973830902, 0,
      0, 0, 0,
    ]),
  LinearReference(
    classCount: 3, penalty: .elasticNet, c: 0.5, l1Ratio: 0.2, intercept: true,
    standardize: true, classWeight: .none, isWeighted: true,
    objective: 113.92532281310983,
    lastRow: [
      -0.7434766383, 0.8262288267, 0,
      -0.1267900174, 0.0714181901, 0.2038425629,
    ]),
]

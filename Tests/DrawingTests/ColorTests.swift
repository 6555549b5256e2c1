import Drawing
import Foundation
import Testing

/// Whether colors can be told from the ground and from each other.
@Suite struct ColorTests {
  /// WCAG 2.1 asks for 3 between graphics and ground, for 4.5 between text and ground.
  @Test(arguments: Design.Theme.allCases) func colorsStandOut(theme: Design.Theme) {
    let ground = rgb(Design.ground(theme))
    for color in Design.seriesColors(theme) {
      #expect(contrast(rgb(color), ground) >= 3, "\(color)")
    }
    for color in [Design.text(theme), Design.quietText(theme)] {
      #expect(contrast(rgb(color), ground) >= 4.5, "\(color)")
    }
    for (index, shade) in Design.shades(theme).enumerated() {
      let text = Design.invertsText(onShade: index, theme) ? ground : rgb(Design.text(theme))
      #expect(contrast(text, rgb(shade)) >= 4.5, "shade \(index)")
    }
  }

  /// The first two, benign and malicious, differ much for every reader; all differ at all.
  @Test(arguments: Design.Theme.allCases) func colorsDiffer(theme: Design.Theme) {
    let colors = Design.seriesColors(theme).map(rgb)
    for deficiency in deficiencies {
      let seen = colors.map { lab(apply(deficiency, $0)) }
      #expect(distance(seen[0], seen[1]) >= 40)
      for first in seen.indices {
        for second in seen.indices where second > first {
          #expect(distance(seen[first], seen[second]) >= 15, "\(theme) \(first) \(second)")
        }
      }
    }
  }

  @Test func moreIsMoreOfAShade() {
    for theme in Design.Theme.allCases {
      let lightness = Design.shades(theme).map { lab(rgb($0))[0] }
      #expect(lightness == (theme == .light ? lightness.sorted(by: >) : lightness.sorted()))
    }
    #expect(Design.shade(of: 0) == 0 && Design.shade(of: 1e-9) == 1 && Design.shade(of: 1) == 10)
  }

  // MARK: Color arithmetic (sRGB, CIE Lab with D65)

  private func rgb(_ hexadecimal: String) -> [Double] {
    let value = Int(hexadecimal.dropFirst(), radix: 16) ?? 0
    return [16, 8, 0].map { shift in
      let part = Double(value >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  private func luminance(_ color: [Double]) -> Double {
    0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
  }

  private func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let (one, two) = (luminance(first), luminance(second))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  private func apply(_ matrix: [[Double]], _ color: [Double]) -> [Double] {
    matrix.map { row in min(1, max(0, zip(row, color).reduce(0) { $0 + $1.0 * $1.1 })) }
  }

  private func lab(_ color: [Double]) -> [Double] {
    let xyz = apply(
      [
        [0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505],
      ], color)
    let parts = zip(xyz, [0.9505, 1, 1.089]).map { value, white -> Double in
      let share = value / white
      return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
    }
    return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
  }

  private func distance(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// Full protanopia, deuteranopia and tritanopia by Machado, Oliveira and Fernandes (2009), and
  /// common vision.
  private let deficiencies: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]
}

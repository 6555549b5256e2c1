import Foundation

/// The same text as the tools themselves compress it: every kind of block, sequence and code.
enum CompressedByTools {
  /// 200 lines of numbers.
  static let text: [UInt8] = (0..<200).flatMap { number in
    Array("\(number) squared is \(number * number), ".utf8)
      + Array("and \(number) cubed is \(number * number * number)\n".utf8)
  }

  /// By `zstd -19 --no-check`.
  static let zstd = decoded(
    """
    KLUv/QBo/BoAelU4ChWgGYoNqOJTtR8AOCs3bdoJfNVwCgahAJkAmgByMnE27pW2a5SOtdrKGmM/Vq9VjRcV39ff
    oJ5IpZ4arg3dF7lRZzm90jTMF7Y2t8H3WNpsiIhJRSyNI/uRn2N0jIzuGGN4Lp61GD/xeeoZVDNEaolhV80fzahj
    h3cOw1osbZbBGZIsyRARCkU4MK51tIuSzLcYT50rzv7zoJKoFL5PR3VuwuoGSYYILAwMMhAcBAwAMigYDAQFCQEL
    CAqDBDSdV1NUmQ2dWIfC5GKWLNVSkN4hifKSQkSoFBKhCsX5daa45+iRkGbL1BxTG2H5pC3HZ+ruk72DSh6ZKiWH
    jWT252hHCV2Nz8ZxmImr9ot1sGenaScdIuKLRU5xHOfohiXeRMtMNrZpE0MXqrkPa+L0+/MrP0FlNQ21pAnL3HhO
    pCdqjmbmTDgT9up0XGEneHXl8McJEanKSNejqnidjV+voldQGWsq6okq3JLY9TK5oihnM3Udmgpzp6ZlI7WCvKJh
    0UKsEJHxSImcpeKErHPny/fo2By7e9tjXiJTP7Pr8XNZ/9P4D+pdpVNretjs6//EfpRFqPP7zTysY9PetumDdm95
    toYPETkrF/nI42pIekTzHEVJOhr5M0YxRzIWnTtFcZ6Kpw/nFFTzk4gqQxS+iwLCuKvU3VHs7qJH+uwsP7uYenl1
    J766+JTNfmfvF1RTZHRUObqwkYz5Pma+KBqLzZ1vc2F2q+r5tl6waKh4tBovRORaciI0ubifpc7Yq7NomXYzu8os
    RsjoZXeqsjjJ57ff1C2oNE9GbZGFpXpkO0nZoqxYNHZmHwv7kKjm1mtBm0M0nk4LESlJTMQXixuZ8xXdX0WJXLay
    ya1ihk6uCoErqBFAWAZKQOb9DMFHrawBEXgFq8Dn204BETAJiJEIiJEEhJEExMgExEgCwkgCYiQCYiQBYSQBMRIB
    MZKAMJKAGImAGElAGElAjERAjCQgjCQgRiIgRhIQRhIQKzNGA3IigzGEXZzRkIokCTSkIkkCDalIkkBDIpIk0JCI
    JAmLzZDQSegQOoROQofQIXQSOsTTGYROsijqFNBJFkWdAjrJoqhTQCdJFFXORVUUEiUOhoAbAjcEbgiy24nAhQlD
    vQiABrGuxJpLKEnVplXNHQBqcmAMCbDrhKIlsjHlYrgAwgDEAByICxEnliYOwzbu4S2hh0PVosKP08LBxmibfMxm
    crh0zZ/Oc4gIYx08YubgcDTZ/X2+B0rI2A9Ptge5R68/q1wPPYv2SyP3gcqCND2RMj3M0DbfOz4PdcaRvxaXB+NN
    zPwZ4nxYWv2n8B8iYpHjI+bxcAy6izf7i4HXkcXTvsUgE0Re8c18xdDja1zhNwZiiygmxlMMUxv+xN3iiaFYPIkv
    GksMFryMJyZmDIeEHB+MjyEiIuKIIwJh5DREBFXQEUQGDTdXIXLzQfJm4NVDsXnips0gpFbNF501Q2W+dO4yOwOx
    NiE0E2PSDGNHNnOlgjNDBYdHmW8mKDOYUcp5epAzTEoYnze7nyEiZooxR/SOGe6SnTzlPhlYYSxNnonbZBCSq+Rr
    2SVDaWhi5d7YlYFKoiQTaZMMEzeGI5euHhlKShKKfNZaZLDeHeXh1JThCxty+V4vQ0TUhRxxPWQ4a2cef9qPA+k6
    42PSjYOY2BQ/3otDSyKC5S2jG0AlR0JUExtCNQzDSpq6xZCpoa6qSerjHaUGmzFjPUZH1vCMCLp+eLyGiJBvoo44
    Y9RwYaXN9UvG60DpU2N9SKN1kE5Rp/qZFatDj1M07SUqtgNxHnUii9Rh5uKZ6T0rp0NNhchIv1IpHYw0cdhnWLLD
    RqnnPo94h4joRY8oMTpc9Y45eiPxaOAyc2L09IZGg5xdTYq+6bBo6NMrXZFhaaAyYQnRxBgSDVOSKkP3Eg4NVbQJ
    fTFCocHCnoT0xELSMB1nZPpwR2FWdx89uRt4wlbZPcETu0FKaFp1X5hJ3VChI1XvPia9gcrmKbqJYUI3jMkhNXel
    JXNDUZxdct+wRG4ws6oo3lOr8IbLqtfvbSrfEBFH1rgjrsQNV07Vs2eRnA2szrRmzwiJ2SDBE2rZ1xspG0o2Mq3d
    o5HaQOwiJZvIEbJhgo7s2CUTGRvKxnjFPhsRscFKxijt4SK04anj0fYtyjZEBMUo7IihhA0nQlJ09ROUq4FUJyWr
    x7pYDSKkIar6KEvV0KppqHXrQloHgSusESRYASvE4AHhbwYSiEgCEUkgIglEJIGIJBCRBCIkgYgkEJEEIpJARBKI
    SAIRSShHNJCJBjLRQAZ9kIkGMtEwTjSQEQ3jRAMZ9EEmGsaJBjLog0w0jCMaxokGMuiDDPoggz7IRMM40TCOaBgH
    fZBBH2TQBxn0QQZ9jBMN44iGcdAHGfRBBn2MEw3joA8y6GMcaPCyQqzIoFUBAQ==
    """)

  /// By `gzip -9 -n`.
  static let gzip = decoded(
    """
    H4sIAAAAAAACA12ZQbItNwpE51rFW0APBEgIluO2e9ATR7gd3n+n7r9SkRV/9h9RV0UKSE71n7//+ue3//3nj5//
    /v3T//Xz259//PSf3//59/d/mtQA+RUgT4A0rQHjV4A+AdGsBuSvAHsCdLVBv+G/QsYT4qPNGqLzV8gs59DZvMbY
    9zFefkm8LTrt9zTribFhLWqMf18pnpgp2rLGxDcv+cQszSad3qt/0yslv/hPpJhzrCfLNc1m0oRSLeN7MinZlqXR
    xDif37eUmnTJ1YTznt+MyajijNGEk3+yLyX9Zms2cRbpPK9IMHp6ExJB45yvyDBSrAkJYXret0oRpk2ShT/5K3J4
    zGxKeoyjhxY9YuuhpMcY3+dp0SPVcfP56se5/FWP7iOakiBTvy+sVu+v+GpKisz1zaCOehNCR1OSxI8kWiti4r+b
    kiZ+n+j1zuCHmpIo656xiIIbEtaUVFn3rYNu19SmXCM3jUUWHRbZjHTJo4v1eg+3MEbC5BHaijCaK6UZV0o/V8eK
    NKbL0Zy4Vvq5jFa0sZm2mnG1yLneVsSxtD6aTa7no44VdYYGKsacI08JWi0Z9+nNSB6xU9RW9JndpzWLV5c4717L
    ZsTSZiSQzNN4rCiEV5dsgzuZH4lGr016SzS4l/lpjUNqMaZKG6zROo12FI3W6BFtsEZx2vYoGq2cHYPk1dHOEBhF
    o5h4Qhvc0/rRaBSNUvZUGdzV5M6nolEuM2+D+5r2c85aQx31a22QSIpb8w0tIon0mdoGqaSjn4xmDUX6ss3ODfjI
    NDsNyq3TJJ3Uz1MnDR31KW2SUKjE71ln7XOje482jTv7ycCsnW5ErNUmSaV50jprr5tr7NlPWtnVatZu575H0GQP
    IOcCTO53Dicw12u6nLNWtXBZ0trkQWTnqs6qVk5clzZ5Fo1z/2ften3ayuadx9ZRyztZlq2Wk1q2TqV67XzqGdKc
    1LI45e9FLTWMzWhOalmenuLVKOC2jNV88Og8jcqrV3BFt2lOao3b/XySrdjDyUmtYaelejVtsQY8g7NxG6dPe/Vu
    vS+35qQWfuhkoKhlOCmcg5NaY52J4lnnRMyebbF5uFNqdTKPW61Fas1+Jt+SOlMwp6QtUmt3pm9oHVQLlzPaYhNh
    Z0KvOqkiu6y22EaMM/XXqE5sKozEIrXmdRKLZpXsYbWczcl9ah1WOAHMxCK10MXOWavFm5hW1ha77X4zUNQaa0wY
    ipVsem5esxpH65YtOnv4o1Z0svFbrSC1MGu/T42i1tz3RVoom6lzs6KoNSeaTrQgtTzOfY2i1lyyYrUgtVY/VRCj
    juHdd1tMNmlHrShquYw9toLUWnYqNopajqYDbxFs/ebpA1HU8okqwGrE5m+d7hJRx7sMuIsgtVaenhV1S+qo7WzZ
    eZs6amWnhWqrlaRW6F29ilprorqkpbL/PF07q8FYAW1aklrhZxak1dUADWq1JLUizoTJajGsT3iMnOxrj1o5qxtZ
    e24lqYVcnacWtSLGgstIUivHmbG5qnNRX9Yy2C+fyZ1FrRwicBlJamUcP5BZXU7X3Gvte699NtvXavvZbru8zPh5
    9v5LNUb4hyW3v7z7OKfef6mLFcoXu25/GXg/+dh/KeEoIMXK28fL759M778UP4WOC+cBB8am/2q4/1LCsUGh5vDr
    HK52n14NiCReHXtwZ1OPHnPPXk0Iyhx3D+Hs7GF5bmaCDF4uOBG8ModH3LxX66hwzhtWvGiFPryCgIXZl1m8oIU9
    2IIsJFbOjS5e7ELnpRfCNnLkJhgvhIFV7WRGyEpijdog40UycEtP3ivMgPOUuXkGAw3Y3Kuq0AKNC7axBnMNsXHJ
    RkUbWAixPUJVea9qF3BUwgFjJ74hB1MOsbyco4IOcXiLzToYdqDXX9xReQcWrykTqjLzQMKuqhV7bGz0UZXRh6Bn
    nqdX+iFr4W03kHoRqYjLpKqqSHvAwQhzEMEAPpkhFBJIpENVpiEC03zyTkAku8MLIJxVfbyMEBZJDPNdq0xGcMLn
    6dV+Ii34XYSzql7Ovmr4CJhrhLOqbk9mKijpKFU4G2FWsiv75r0uDhAEt6mJvfbx60aFoInkB5sIcxNZz50hdIKe
    1xOqvujJGvdGVn6iqLL0TRvttcjf+14hitpUrGgIZ1WxuJ+8V5KCPdfRkhHOqsZTqxWn6PD+QZAvohLjdoLKVBTF
    gSpGOKsaT5+pYEVhJ2xC1RdbyX67WKUrWISiwwHJC7Dk0yMrYlHUqgtUfVGWvBuhjM5I9qPqC7Xk098rbMFR0N+g
    KvMWDOE7PSpx0XAsPFCVoQvu9Z1NFbsoupX2jZJ5ne/rTr7KXjRjJpyRvPBLmasVwBiq6TNX3wzG7tSuFMYwSyAz
    whnEyOMJKooxXNWpUPUFY7asJ7yujNg34GIRzkBGHz9TkYxZXzmg6gvKPFRGKpbZAP2j6gvM6HViUtGMYfLlhKov
    OIPhfM5e8YxNDJPtll6Axq57lEnAEx17QdUXpLF1814xjSGNut0SgxqU8POpoKq61D5zlWGNDrt3puIaW4luCFUZ
    2KDi742syMbCMxKqMrRRNIKbmapqjmHbLTG40Xk3C6noZnSU5YKq/kJtT61WfLNByUdVBjhwaLcTVISDC4big6oM
    cdBPbp+pGGfsNrbdEoMc9bvBSUU5Y1/JAVUZ5qD93B5ZcQ4W3p7bLTHQ0WfrlIp00B/0M1cZ6uiaz3egCgomxsp2
    Swx2dN1NWSraGb5RIFRluKMYBzczDAzw6lCVAY/G3e6lIp4RSEKHqgx54C2vqhXz7I9TH1UZ9OxeeJ5eUc+uaxWo
    yrAH9Xs9QcU9s8NFbbfEwAfT9jqOinwmzNgSqMrQx7peP1Oxz9xvut3SekHVxy1V9DM/3z6gKsMfg2+5T/f6XWEf
    Z3/hWy8O+5y9frBAvBpUZQiE7v5kpn61cMu13RKDINP+5L1+uliY2QZVGQahj19VCQeFfXiQMBDan4nO0wkJQQ7c
    MoQzcEUzud8pi6re9+WDqgyGzC7JlIqGYC/hmKEqwyGzuNVU8ZDr3uKgKgMie+irECLCKT9zlSERFpvbCQgTDZxy
    uyUGRTYuMRZGRdhh+v58y6pOu12McJGP4dstMTCyeSm3VGTkC2uDQ9V84fNnX63YaH/4/ajK4Mj8knmp6MjR3WNB
    VYZH2OHu9CB81BcaFlRlgIQJd2dTRUgLb9InVGWIhP3iTr6KkZZ1+EqoyiDJ4pmrFSXhNo7PXGWYhCfcqV1xEioJ
    qxBUZaBkcb/aSEVKywcWMKjKUGlLfTMTFay52nZLDJYs75cmqWgJWewzs/0fD9tk2Y8iAAA=
    """)

  private static func decoded(_ text: String) -> [UInt8] {
    Array(Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
  }
}

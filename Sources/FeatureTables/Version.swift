/// The version of the program, written into every file that it makes.
public let flowMeterVersion = "0.1.0"

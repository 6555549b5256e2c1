#!/usr/bin/env python3
"""The fingerprint of a row of numbers and names, written from its definition: prints the values that
FingerprintTests quotes. usage: row_fingerprint.py"""
import math
import struct

MASK = (1 << 64) - 1


def word(value):
    if isinstance(value, str):
        told = 0xCBF29CE484222325
        for byte in value.encode():
            told = (told ^ byte) * 0x100000001B3 & MASK
        return told
    if math.isnan(value):
        return 0x7FF8 << 48
    return 0 if value == 0 else struct.unpack('<Q', struct.pack('<d', value))[0]


def mixed(value):
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & MASK
    return value ^ value >> 31


def fingerprint(row):
    told = 0x6A09E667F3BCC908
    for value in row:
        told = mixed((told ^ word(value)) + 0x9E3779B97F4A7C15 & MASK)
    return told


for row in ([], [0.0], [1.5, -2.25, math.nan], [math.inf, 1e-300], [3.0, 'tcp'], [3.0, 'Web Attack – XSS']):
    print(row, f'{fingerprint(row):#018x}')

"""A laboratory of network namespaces that records benign and malicious traffic together with its labels.

`python3 -m laboratory RECORDING OUTPUT WORK` is started by record.sh inside fresh namespaces, never by hand.
"""

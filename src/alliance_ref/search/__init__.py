"""Ways to find things. No module of the package itself may be called as a public function is.

Importing ``alliance_ref.lookup`` would put the module where ``alliance_ref.lookup(...)`` should be.
"""

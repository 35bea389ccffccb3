"""kgbuild/reading"""

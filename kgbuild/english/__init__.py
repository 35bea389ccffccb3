"""kgbuild/english"""

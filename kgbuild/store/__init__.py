"""kgbuild/store"""

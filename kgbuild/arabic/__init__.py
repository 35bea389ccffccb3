"""kgbuild/arabic"""

"""kgbuild/linking"""

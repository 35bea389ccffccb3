"""kgbuild/export"""

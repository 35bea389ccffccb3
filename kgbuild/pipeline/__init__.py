"""kgbuild/pipeline"""

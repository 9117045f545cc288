"""The labels of a job in formats that other tools read, written beside the output manifest on request.

One format a module. A format is given a `Dataset`, which it may go through as often as it likes, and yields files:
small ones whole, those that grow with the job as a stream. What it can't hold it leaves out and says why.
"""

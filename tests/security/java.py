"""How the Java processes of these tests are started."""

QUICK_START = "-XX:TieredStopAtLevel=1"
"""Compile in one step: what runs for a minute only starts in half the time."""

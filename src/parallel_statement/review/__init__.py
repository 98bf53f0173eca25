"""The local web application in which a person corrects an alignment."""

"""The curator's door: a Flask-Admin panel."""

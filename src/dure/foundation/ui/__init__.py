"""The look of dure: KRDS tokens, components, the page shell and the form renderer."""

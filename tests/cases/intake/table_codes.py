from cases import add

"""„War diese Seite hilfreich?“: two numbers for each page, and nobody behind them."""

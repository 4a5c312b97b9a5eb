"""The quality of the website's content: links that lead nowhere, texts that grew old, what keeps people out."""

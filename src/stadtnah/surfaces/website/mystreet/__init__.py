"""„Meine Straße“: what is collected where and when, and what concerns a street."""

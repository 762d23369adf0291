"""What pages and exports say of suggestions and answers, in the reader's words."""

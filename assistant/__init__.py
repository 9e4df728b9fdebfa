"""From a question to an answer in which every sentence is cited and every citation is checked."""

"""How languages write numbers, where Django's own files differ from what people here write."""

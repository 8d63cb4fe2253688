"""The deck: a frozen pack as slides in one language, walked alike by presenting and by every export."""

"""What ./run, ./check, ./bench and ./lock are made of; the product itself never imports it."""

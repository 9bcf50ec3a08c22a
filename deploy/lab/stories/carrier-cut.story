# Carrier 3 loses its 30 sites within 3 s, while one of them has been down for a minute already.
# To be seen: first one site, so-tai-chinh, down by itself. Then the other 29 within seconds of each other, with carrier-3
# as what they share. One outage, not 120. After two minutes carrier-3 comes back; so-tai-chinh stays down for another minute.
+0    cut site so-tai-chinh
+60   cut carrier-3 over 3
+180  heal carrier-3
+240  heal so-tai-chinh

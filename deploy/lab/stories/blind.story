# The one who watches fails, and the province is well.
# To be seen: while the agent is frozen and then killed, what it asks becomes unknown, never down. A real cut happens
# meanwhile and is found as soon as the agent is back.
+0    freeze agent
+40   heal freeze agent
+70   kill agent
+80   power-off so-tu-phap
+120  heal kill agent
+180  heal power-off so-tu-phap

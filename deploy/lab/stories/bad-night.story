# Ten minutes of a bad night: losses in bursts everywhere, a line that flaps, a carrier that blinks for ten seconds,
# a service that grows slow, and a collector that starts anew in the middle of it.
# To be seen: nothing is down because of the bursts alone. The flapping line is one trouble, not twenty. The ten
# seconds are on the record. The restarted collector has lost nothing of what the agent saw meanwhile.
+0    lose all 2 burst 0.5
+30   flap trung-tam-2 8 50
+60   delay carrier-2 80 jitter 30
+120  cut carrier-4
+130  heal carrier-4
+150  slow codec-so-noi-vu 4
+200  restart collector
+300  cut carrier-2 over 5
+420  heal cut carrier-2
+540  heal all

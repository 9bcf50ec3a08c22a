# Four things at once that have nothing to do with each other.
# To be seen: a carrier is gone, elsewhere one site has no power and one codec hangs with its network well, and a third
# site only loses packets: that one must not be called down. They heal in another order than they began.
+0    cut carrier-1
+5    power-off van-phong-ubnd-tinh
+10   hang codec-so-noi-vu
+15   lose so-tai-chinh 10
+90   heal carrier-1
+100  heal so-tai-chinh
+110  heal codec-so-noi-vu
+120  heal van-phong-ubnd-tinh

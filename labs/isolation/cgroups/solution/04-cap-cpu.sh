# why: A quota counts CPU time in periods of 100 ms: 25 ms of work, then 75 ms of waiting, also when nobody else wants the CPU. The process notices nothing but the clock.
docker update --cpus 0.25 cruncher

# task: repair
# hint: stand-in
# after: 1
# why: A new volume has no lock, and no openings either.
sed -i 's/180,/180/' gate.json
sed -i 's/ --background//; s/gate-state:/gate-state-2:/' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"

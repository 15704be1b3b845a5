# The till: prints one receipt a second into /spool, from where they are fetched at night.
n=1
while :; do
  n=$((n + 1))
  if echo "receipt $n" > "/spool/receipt-$n"; then
    echo "receipt $n printed"
  else
    rm "/spool/receipt-$n"
    echo "receipt $n lost"
  fi
  sleep 1
done

#!/usr/bin/env bash
# One order by curl only. First run: kill -9 between every two calls. Second run: kill -9 at 50 random
# moments during the calls; a call without an answer is repeated with the same event id.
# SEED=n repeats the moments of an earlier run.
# shellcheck source=signalbox.sh
. "$(dirname "$0")/signalbox.sh"

seed=${SEED:-$RANDOM}
echo "seed $seed"
RANDOM=$seed

# drive_order ID BETWEEN: calls BETWEEN before, between and after the calls.
drive_order() {
    local id=$1 between=$2
    "$between"; start_order "$id"
    "$between"; raise "$id" PaymentConfirmed '{"success":true,"transactionId":"tx-1"}' pay-1
    "$between"; raise "$id" ShipmentUpdate '{"status":"Packed"}' ship-1
    "$between"; raise "$id" ShipmentUpdate '{"status":"InTransit"}' ship-2
    "$between"; raise "$id" ShipmentUpdate '{"status":"Delivered"}' ship-3
    "$between"; check_order "$id"
}

kill_between() { kill_server; }

kills=0
# The next call meets a kill after a random number of turns of an empty loop: a random moment, no sleep.
kill_soon() {
    revive_server
    [ "$kills" -lt 50 ] || return 0
    kills=$((kills + 1))
    local turns=$((RANDOM % 9000)) victim=$server
    (
        for ((i = 0; i < turns; i++)); do :; done
        kill -9 "$victim" 2>/dev/null
    ) &
}

start_shop
drive_order order-between kill_between
between_starts=$starts
[ "$between_starts" -ge 6 ] || fail "only $between_starts starts: the kills did not happen"

order=0
while [ "$kills" -lt 50 ]; do
    order=$((order + 1))
    drive_order "order-$order" kill_soon
done
for i in $(seq 1 "$order"); do check_order "order-$i"; done
echo "passed: $order orders, $kills kills at random moments, $starts starts"

#include "engine/rest/history_pages.h"

#include <iterator>
#include <memory>

namespace engine {

namespace {

constexpr int pageLength = 1000;

struct Reading {
    Exchange &exchange;
    Door door;
    InstanceId instance;
    std::function<void(Result<InstanceHistory>)> done;
    InstanceHistory read;
};

void readOn(const std::shared_ptr<Reading> &reading, Sequence from)
{
    reading->door.queries.history({reading->instance, from, pageLength},
        reading->exchange.then<InstanceHistory>([reading, from](Result<InstanceHistory> page) {
            if (!page)
                return reading->done(page.error());
            if (from == 1)
                reading->read = {page->summary, {}, 0};
            else if (page->summary.run != reading->read.summary.run)
                return readOn(reading, 1);
            auto &all = reading->read.events;
            all.insert(all.end(), std::make_move_iterator(page->events.begin()),
                std::make_move_iterator(page->events.end()));
            if (page->next == 0 || page->events.empty())
                return reading->done(std::move(reading->read));
            readOn(reading, page->next);
        }));
}

} // namespace

void readWholeHistory(Exchange &exchange, const Door &door, InstanceId instance,
    std::function<void(Result<InstanceHistory>)> done)
{
    readOn(std::make_shared<Reading>(
               Reading{exchange, door, std::move(instance), std::move(done), {}}),
        1);
}

} // namespace engine

#include "engine/reader_questions.h"

#include <algorithm>
#include <iterator>

namespace engine {

Result<InstanceSummary> knownInstance(Reader &reader, const InstanceId &instance)
{
    auto found = reader.find(instance);
    if (!found)
        return found.error();
    if (!*found)
        return Error{ErrorCode::NotFound, "There is no instance '" + instance.value + "'.", {}};
    return **std::move(found);
}

Result<std::vector<HistoryEvent>> wholeHistory(Reader &reader, RunKey run)
{
    std::vector<HistoryEvent> events;
    for (Sequence from = 1; from != 0;) {
        auto page = reader.history(run, from, longestPage);
        if (!page)
            return page.error();
        std::ranges::move(page->events, std::back_inserter(events));
        from = page->next;
    }
    return events;
}

} // namespace engine

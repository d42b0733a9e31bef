#pragma once

#include "engine/door/door.h"
#include "engine/store/reader.h"

namespace engine {

/// How much one page may cost. Counted and not timed, so that the same question has the same answer.
struct SearchLimits {
    int rows = 5'000; ///< of instances that are looked at
    int looks = 500;   ///< into histories: of each a row is read, or all of them
};

/// The variables after all facts of a run: an object by name. Damaged if they are no history.
Result<JsonText> variablesAfter(const std::vector<HistoryEvent> &events);
/// A page of the instances that filter and query both show. What an index can find is found by it; the rest
/// is looked at one by one, and where that would be too much the page is short and `next` says where to go
/// on. An instance whose history is damaged shows nothing that only its history says. Query threads.
Result<InstancePage> searchInstances(
    Reader &reader, const ListRequest &request, const SearchLimits &limits = {});

} // namespace engine

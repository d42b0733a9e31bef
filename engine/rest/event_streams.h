#pragma once

#include "engine/door/changes_door.h"
#include "engine/rest/rest_message.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// Where a reader of the stream is: behind `change`, and behind so many of the events about tasks that
/// belong to the change after it. Derived from the order of the commits alone, so it holds for ever.
struct StreamPlace {
    std::int64_t change = 0;
    int part = 0;
    std::int64_t epoch = 0; ///< in which the changes have these numbers; 0: whichever it is

    auto operator<=>(const StreamPlace &) const = default;
};

/// `7-12`, or `7-12.1`, of epoch 7: what stands as `id` of an event. Without an epoch it is `12`.
std::string toText(const StreamPlace &place);
/// Nothing if it is no such text.
std::optional<StreamPlace> streamPlaceFrom(std::string_view text);
/// What a reader wants; empty members do not restrict.
struct StreamFilter {
    std::vector<std::string> kinds; ///< `instance`, `task`, `purged`
    FlowId flow;                    ///< says nothing about what is purged: nobody knows its flow any more
    InstanceId instance;

    bool operator==(const StreamFilter &) const = default;
};

/// The events of `change` behind `place`, which it advances: those about tasks, then the one about the
/// instance.
std::string eventsText(
    const InstanceChange &change, StreamPlace &place, const StreamFilter &filter = {});

/// All readers of `/api/v1/stream`. Each pulls pages of the log of changes from the engine as fast as it
/// takes them, so nothing is gathered for a slow one. Server's thread.
class EventStreams : public std::enable_shared_from_this<EventStreams>
{
public:
    /// `limit`: so many readers at a time.
    EventStreams(ChangesDoor &changes, std::size_t limit);

    /// Before the first reader: the way to the server's thread.
    void open(RestPost post);
    /// A reader that goes on behind `place`, or begins with what comes; nullptr if there are too many.
    /// `mayRead` says, before each page, whether it still may.
    std::shared_ptr<RestStream> add(std::optional<StreamPlace> place, StreamFilter filter,
        std::function<bool()> mayRead);
    std::size_t count();

private:
    class Reader;
    void committed();
    void wakeAll();

    ChangesDoor &m_changes;
    std::size_t m_limit;
    RestPost m_post;
    std::vector<std::weak_ptr<Reader>> m_readers;
    std::atomic<bool> m_isTold{false}; ///< that there is more, and has not looked yet
    std::shared_ptr<void> m_watch;
};

} // namespace engine

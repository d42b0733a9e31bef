#pragma once

#include "engine/base/result.h"
#include "engine/history/source.h"

#include <functional>
#include <string>
#include <vector>

namespace engine {

/// The names of the secrets of a data directory (semantics 5.6). Their values go in and never come out. Any
/// thread; answers may take as long as the system's keychain does.
class SecretsDoor
{
public:
    template<typename T>
    using Answered = std::function<void(Result<T>)>;

    virtual ~SecretsDoor() = default;
    /// In the order of the alphabet.
    virtual void names(Answered<std::vector<std::string>> answered) = 0;
    /// In place of the value before. InvalidArgument for a wrong name or value, Unavailable if no place
    /// takes it.
    virtual void put(
        std::string name, std::string value, Source source, Answered<void> answered) = 0;
    /// NotFound.
    virtual void remove(std::string name, Source source, Answered<void> answered) = 0;
};

} // namespace engine

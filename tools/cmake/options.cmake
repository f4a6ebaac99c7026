# silkledger::options carries what every target of ours has in common: standard, warnings, sanitizers,
# hardening, and the repository root as include path (includes are written "domain/leads/lead.h").
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(silkledger_options INTERFACE)
add_library(silkledger::options ALIAS silkledger_options)
target_include_directories(silkledger_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(silkledger_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough)
target_compile_definitions(silkledger_options INTERFACE _GLIBCXX_ASSERTIONS)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False at copies of std::optional under optimisation: GCC bug 80635.
  target_compile_options(silkledger_options INTERFACE -Wno-maybe-uninitialized)
endif()
if(SILKLEDGER_WERROR)
  target_compile_options(silkledger_options INTERFACE -Werror)
endif()

# Sanitizers go to every target, generated code included, or the shadow memory would disagree.
if(SILKLEDGER_SANITIZE)
  add_compile_options(-fsanitize=${SILKLEDGER_SANITIZE} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${SILKLEDGER_SANITIZE})
  if(SILKLEDGER_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=all)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
      # clang 14 cannot emit -fsanitize=function prologues for coroutines (LLVM issue 49689).
      add_compile_options(-fno-sanitize=function)
    endif()
  endif()
endif()

# The fuzzer sees which branches its inputs take; only the targets themselves link its main().
if(SILKLEDGER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# silkledger_add_library(NAME SOURCES … LINKS …): a static library with its alias silkledger::NAME.
# Links are PUBLIC; what is not linked cannot be reached, and tests/architecture checks the includes too.
function(silkledger_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(silkledger_${name} STATIC ${ARG_SOURCES})
  add_library(silkledger::${name} ALIAS silkledger_${name})
  target_link_libraries(silkledger_${name} PUBLIC silkledger::options ${ARG_LINKS})
endfunction()

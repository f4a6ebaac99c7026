include_guard()
# silkledger_capnp_library(NAME FILES a.capnp … [LINKS …]): everything that is generated from schema files.
#
#   silkledger::NAME        wire types, value types, tables        <stem>.capnp.h .wire.h .values.h .meta.h
#   silkledger::NAME_json   JSON codec and outside limits of them  <stem>.json.h .binary.h
#   silkledger::NAME_samples  deterministic values, for tests      <stem>.samples.h
#
# Files are relative to the repository root, and so are the includes of what is generated from them. Output goes to
# a folder of its own: on an include path the root of the build tree would shadow system headers by executables' names.
function(silkledger_capnp_library name)
  cmake_parse_arguments(ARG "" "" "FILES;LINKS" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/generated/${name})
  file(MAKE_DIRECTORY ${out})
  set(wire "")
  set(values "")
  set(codecs "")
  set(samples "")
  set(headers "")
  foreach(file ${ARG_FILES})
    string(REGEX REPLACE "\\.capnp$" "" stem ${file})
    list(APPEND wire ${out}/${stem}.capnp.c++)
    list(APPEND values ${out}/${stem}.values.cpp ${out}/${stem}.meta.cpp)
    list(APPEND codecs ${out}/${stem}.json.cpp ${out}/${stem}.binary.cpp)
    list(APPEND samples ${out}/${stem}.samples.cpp)
    list(APPEND headers ${out}/${stem}.capnp.h ${out}/${stem}.wire.h ${out}/${stem}.values.h
         ${out}/${stem}.meta.h ${out}/${stem}.json.h ${out}/${stem}.binary.h ${out}/${stem}.samples.h)
  endforeach()

  # Described by the library that defines the union Command.
  if(ARG_FILES MATCHES "/command\\.capnp")
    list(APPEND headers ${out}/openapi.json)
  endif()

  # The compiler tells no dependencies, so every schema file counts as one.
  file(GLOB_RECURSE imports CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/domain/schema/*.capnp)
  list(TRANSFORM ARG_FILES PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
  add_custom_command(
    OUTPUT ${wire} ${values} ${codecs} ${samples} ${headers}
    COMMAND ${CAPNP_EXECUTABLE} compile --src-prefix=. -I${CMAKE_SOURCE_DIR}
            -o${CAPNPC_CXX_EXECUTABLE}:${out} -o$<TARGET_FILE:capnpc-silkledger>:${out} ${ARG_FILES}
    DEPENDS ${inputs} ${imports} capnpc-silkledger
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "schema ${name}"
    VERBATIM)
  set_source_files_properties(${wire} PROPERTIES COMPILE_OPTIONS -w)
  if(SILKLEDGER_SANITIZE MATCHES "undefined")
    # Straight-line code without arithmetic: what could be undefined there is in the runtime, which stays checked.
    set_source_files_properties(${values} ${codecs} PROPERTIES COMPILE_OPTIONS -fno-sanitize=undefined)
  endif()

  silkledger_add_library(${name} SOURCES ${wire} ${values} ${headers} LINKS silkledger::schema_message ${ARG_LINKS})
  target_include_directories(silkledger_${name} SYSTEM PUBLIC ${out})

  # The codec and the samples of imported types come with those of each library that is linked.
  set(links "")
  set(sample_links "")
  foreach(link ${ARG_LINKS})
    list(APPEND links ${link}_json)
    list(APPEND sample_links ${link}_samples)
  endforeach()
  silkledger_add_library(${name}_json SOURCES ${codecs}
                         LINKS silkledger::${name} silkledger::json ${links})
  if(SILKLEDGER_BUILD_TESTS)
    silkledger_add_library(${name}_samples SOURCES ${samples} LINKS silkledger::${name} ${sample_links})
    set_target_properties(silkledger_${name}_samples PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# Every library we use, all from Debian 12, with the version it was tested with (docs/dependencies.md).
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)                               # 3.0.19
find_package(CapnProto CONFIG REQUIRED)                          # 0.9.2
find_package(RocksDB 7.8 CONFIG REQUIRED)                        # 7.8.3
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json url)     # 1.81.0
find_package(spdlog CONFIG REQUIRED)                             # 1.10.0
find_package(CLI11 CONFIG REQUIRED)                              # 2.1.2
find_package(prometheus-cpp CONFIG REQUIRED)                     # 1.0.1
find_package(PkgConfig REQUIRED)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)    # 5.3.0
if(SILKLEDGER_BUILD_TESTS)
  find_package(GTest CONFIG REQUIRED)                            # 1.12.1
endif()

# Third-party headers are SYSTEM so that our warnings stop at our own code.

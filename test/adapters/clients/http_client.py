"""http_client.py PORT BYTES...: posts bodies of those sizes, prints the statuses or what went wrong."""

import http.client
import json
import sys

port, *sizes = map(int, sys.argv[1:])

for size in sizes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/images", bytes(size), {"Content-Type": "image/png"})
        response = connection.getresponse()
        print(response.status, json.load(response)["code"])
    except OSError as error:
        print("failed", repr(error))
    finally:
        connection.close()

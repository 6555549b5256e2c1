"""Several threads that repeat one thing, for attacks that keep a number of connections busy at once."""

import random
import threading


def repeat(task, times, workers, once):
    """Calls `once` with a generator of random numbers until it ran so many times or the task is over; returns how often."""
    started = []
    lock = threading.Lock()

    def work(seed):
        rng = random.Random(seed)
        while not task.over():
            with lock:
                if len(started) == times:
                    return
                started.append(seed)
            once(rng)

    threads = [threading.Thread(target=work, args=(task.rng.random(),)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(started)

from .conductor import main

main()

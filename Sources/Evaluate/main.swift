import Commands

EntryPoint.main(Evaluate.self)

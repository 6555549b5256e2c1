import Commands

EntryPoint.main(FlowMeterCommand.self)

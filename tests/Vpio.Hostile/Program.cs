using Vpio.Hostile.Scoring;

return ScoreCommand.Make().Parse(args).Invoke();

"""What a document sets out to do: tasks with units, deadlines and money, and targets."""

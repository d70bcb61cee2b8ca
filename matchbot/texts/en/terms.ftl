# What values of options and tables are called (those that are shown nowhere else)

novelty-product = Product
novelty-service = Service
novelty-process = Process
start-first_sale = First sale
start-approved_budget = Approved budget
breakdown-industry = Industry

not-one-of = there is no "{ $written }"; choose from { $choices }
choice-named = { $value } ({ $name })
choices-by-name = A choice may be written by its name as well, in English or Japanese (such as "{ $name }" for { $value }).
called = { $name } ({ $id })
